"""Lessons: a course is a folder of MyST notebooks, one for each lesson and language."""
