"""What stores keep on a disk: a SQLite file each."""
