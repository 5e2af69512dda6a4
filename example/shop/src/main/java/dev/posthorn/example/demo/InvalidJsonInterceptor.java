package dev.posthorn.example.demo;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/** A body that can't be read is the client's fault, and gets an example; the server by itself would answer 500, or nothing. */
@Provider
public class InvalidJsonInterceptor implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        try {
            return body.proceed();
        } catch (ProcessingException | NoContentException | BadRequestException invalid) {
            throw new BadRequestException(
                    "The body must be JSON like {\"customer\": \"Ada\", \"amount\": 12.5}", invalid);
        }
    }
}
