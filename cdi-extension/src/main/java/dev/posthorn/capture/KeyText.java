package dev.posthorn.capture;

/** Whether objects of a class have a text that says what they are. */
final class KeyText {

    private static final ClassValue<Boolean> IS_ITS_OWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> javaClass) {
            try {
                return javaClass.getMethod("toString").getDeclaringClass() != Object.class;
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("Every object has a toString()", e);
            }
        }
    };

    private KeyText() {}

    static boolean isItsOwn(Class<?> javaClass) {
        return IS_ITS_OWN.get(javaClass);
    }
}
