package dev.posthorn.jpa.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tables should look like after some statements. */
final class Shapes {

    private final Map<String, Shape> shapes = new HashMap<>();

    static Shapes after(List<Step> steps) {
        Shapes shapes = new Shapes();
        steps.forEach(step -> step.effect().draw(shapes));
        return shapes;
    }

    Shape of(String table) {
        return shapes.computeIfAbsent(table, unused -> new Shape());
    }
}
