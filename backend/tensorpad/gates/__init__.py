"""Questions that a program asks its reader in comments, and their answers, which its run gives."""
