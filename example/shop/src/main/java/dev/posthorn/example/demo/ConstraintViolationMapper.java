package dev.posthorn.example.demo;

import static java.util.stream.Collectors.joining;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Values out of bounds, each with its name. */
@Provider
public class ConstraintViolationMapper implements ExceptionMapper<ConstraintViolationException> {

    @Override
    public Response toResponse(ConstraintViolationException invalid) {
        return Problem.response(
                Status.BAD_REQUEST,
                invalid.getConstraintViolations().stream()
                        .map(violation -> name(violation) + " " + violation.getMessage())
                        .sorted()
                        .collect(joining("; ")));
    }

    /** The last node of the path: the ones before are the Java method and its parameter. */
    private static String name(ConstraintViolation<?> violation) {
        String name = null;
        for (Path.Node node : violation.getPropertyPath()) {
            name = node.getName();
        }
        return name;
    }
}
