package dev.posthorn.example.demo;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/** The body of an answer that is not the wished one. */
public record Problem(String error, String message) {

    static Response response(Status status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(new Problem(status.getReasonPhrase(), message))
                .build();
    }
}
