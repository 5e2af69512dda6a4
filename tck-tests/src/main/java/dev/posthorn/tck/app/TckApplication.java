package dev.posthorn.tck.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Serves the application's resources below its context path. */
@ApplicationPath("/api")
public class TckApplication extends Application {}
