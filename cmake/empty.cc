// Keeps a library of a folder without code of its own linkable.
