package stella.gateway.metadata;

/** A value that is none of the type the chain wants at {@link #path}, for example {@code Stella.register_role.role}. */
public final class MismatchException extends IllegalArgumentException {
    private final String path;
    private final String what;

    MismatchException(String path, String what) {
        super(path.isEmpty() ? what : path + ": " + what);
        this.path = path;
        this.what = what;
    }

    public String path() {
        return path;
    }

    MismatchException within(String outer) {
        return new MismatchException(path.isEmpty() ? outer : outer + "." + path, what);
    }
}
