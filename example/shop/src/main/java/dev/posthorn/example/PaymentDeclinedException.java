package dev.posthorn.example;

/** Rolls the transaction of an order back. */
public class PaymentDeclinedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PaymentDeclinedException(String customer) {
        super("The payment of " + customer
                + " was declined after the event had been fired: nothing was saved, nothing will be published.");
    }
}
