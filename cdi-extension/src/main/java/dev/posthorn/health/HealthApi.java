package dev.posthorn.health;

/** Whether the server has MicroProfile Health, and this library sees it. */
public final class HealthApi {

    private HealthApi() {}

    public static boolean isPresent() {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
