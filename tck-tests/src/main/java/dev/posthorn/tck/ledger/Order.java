package dev.posthorn.tck.ledger;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/** What is to be written. */
public class Order {

    @PathParam("key")
    private String key;

    @PathParam("write")
    private String write;

    @QueryParam("numbers")
    private int numbers;

    @QueryParam("extras")
    @DefaultValue("1")
    private int extras;

    @QueryParam("topic")
    private String topic;

    @QueryParam("ending")
    @DefaultValue("COMMIT")
    private Ending ending;

    @QueryParam("boundary")
    @DefaultValue("INTERCEPTOR")
    private Boundary boundary;

    String key() {
        return key;
    }

    /** The ids of all its entries begin so. */
    String write() {
        return write;
    }

    /** How many events with a number. */
    int numbers() {
        return numbers;
    }

    /** How many without. */
    int extras() {
        return extras;
    }

    /** That of its events, if it is not the one of their type. */
    String topic() {
        return topic;
    }

    Ending ending() {
        return ending;
    }

    Boundary boundary() {
        return boundary;
    }
}
