"""Lessons as files that need no service: a site with recorded runs, a package for an LMS, and notebooks."""
