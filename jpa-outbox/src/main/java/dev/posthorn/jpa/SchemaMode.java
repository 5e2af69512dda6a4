package dev.posthorn.jpa;

/** What is done about the tables when the application starts. */
enum SchemaMode {
    /** Missing tables are created, then everything is validated. */
    CREATE,
    /** A missing table or column is a problem. */
    VALIDATE,
    /** Nothing is looked at. */
    NONE
}
