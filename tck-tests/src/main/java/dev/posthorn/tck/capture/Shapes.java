package dev.posthorn.tck.capture;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.Key;

/** Event types, each of another shape. */
public final class Shapes {

    private Shapes() {}

    @IntegrationEvent(topic = "capture")
    public static class Mutable {

        @Key
        private final String id;

        private String text;

        public Mutable(String id, String text) {
            this.id = id;
            this.text = text;
        }

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }
    }

    @IntegrationEvent(topic = "capture")
    public record Throwing(@Key String id) {

        public String getBroken() {
            throw new IllegalStateException("this can't be read");
        }
    }

    @IntegrationEvent(topic = "capture")
    public record Endless(@Key String id) {

        public Endless getItself() {
            return this;
        }
    }

    @IntegrationEvent(topic = "capture", type = "base")
    public static class Base {

        @Key
        private final String id;

        public Base(String id) {
            this.id = id;
        }

        public String getId() {
            return id;
        }
    }

    @IntegrationEvent(topic = "capture", type = "derived")
    public static class Derived extends Base {

        public Derived(String id) {
            super(id);
        }

        public String getOwn() {
            return "of derived";
        }
    }

    public static class PlainBase extends Base {

        public PlainBase(String id) {
            super(id);
        }

        public String getOwn() {
            return "of plain base";
        }
    }

    public static class PlainDerived extends Derived {

        public PlainDerived(String id) {
            super(id);
        }

        @Override
        public String getOwn() {
            return "of plain derived";
        }
    }

    @IntegrationEvent(topic = "capture", type = "wrapped")
    public record Wrapped<T>(@Key String id, T content) {}

    @IntegrationEvent(topic = "capture")
    public record WithoutKey(String text) {}

    @IntegrationEvent(topic = "capture")
    public record KeyedByNumber(@Key Long number, String text) {}

    @IntegrationEvent(topic = "capture")
    public static class KeyedByAccessor {

        private final String id;

        public KeyedByAccessor(String id) {
            this.id = id;
        }

        @Key
        public String getKey() {
            return "accessor of " + id;
        }
    }

    @IntegrationEvent(topic = "capture")
    public static class KeyedByOverridingAccessor extends KeyedByAccessor {

        public KeyedByOverridingAccessor(String id) {
            super(id);
        }

        @Key
        @Override
        public String getKey() {
            return "overriding " + super.getKey();
        }
    }

    @IntegrationEvent(topic = "capture")
    public static class KeyedByInheritedAnnotation extends KeyedByAccessor {

        public KeyedByInheritedAnnotation(String id) {
            super(id);
        }

        @Override
        public String getKey() {
            return "inherited " + super.getKey();
        }
    }

    @IntegrationEvent(topic = "capture")
    public record KeyedByMethodOfRecord(String first, String second) {

        @Key
        String both() {
            return first + "/" + second;
        }
    }

    /** Not an integration event. */
    public record Private(String text) {}
}
