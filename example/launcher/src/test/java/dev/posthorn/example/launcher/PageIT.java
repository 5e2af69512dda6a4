package dev.posthorn.example.launcher;

/** The page in a real browser; leaves screenshots in {@code target/screenshots}. */
class PageIT {}
