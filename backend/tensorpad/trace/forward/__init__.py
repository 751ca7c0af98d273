"""Operations: torch calls that the program makes."""
