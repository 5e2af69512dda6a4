package dev.posthorn.jpa.dialect;

/** What the plans of a transaction of ours have to be like, for databases that can be told. */
public enum Plans {
    /** Any will do: the tables never have more than a few rows. */
    ANY,
    /** Made for the tables as they are now. */
    FRESH,
    /** The same, and along the order of an index: only the first rows are wanted. */
    IN_ORDER,
    /** Kept: there is only one good plan, and to make it would take longer than to do it. */
    KEPT
}
