package dev.posthorn.jpa.config;

/** What is done about the tables when the application starts. */
public enum SchemaMode {
    /** Missing tables are created, then everything is validated. */
    CREATE,
    /** A missing table or column is a problem. */
    VALIDATE,
    /** Nothing is looked at. */
    NONE
}
