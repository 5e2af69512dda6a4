package dev.posthorn.example.demo;

import dev.posthorn.example.PaymentDeclinedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The order that was rolled back, in words. */
@Provider
public class PaymentDeclinedMapper implements ExceptionMapper<PaymentDeclinedException> {

    @Override
    public Response toResponse(PaymentDeclinedException declined) {
        return Problem.response(Status.CONFLICT, declined.getMessage());
    }
}
