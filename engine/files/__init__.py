"""Files in and out: tables of people in, weights out. One module a format; readers are imported late."""
