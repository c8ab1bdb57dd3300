package stella.node.cli;

/** Whether this process is on its way out: after Ctrl-C what runs in it fails in many ways, and only the process knows that it was meant. */
public final class ProcessEnding {
    private static final Thread PROBE = Thread.ofPlatform().unstarted(() -> {});

    private ProcessEnding() {}

    /** True from the first shutdown hook on; the JVM then refuses any change of hooks, which is the one public sign of it. */
    public static boolean hasBegun() {
        try {
            Runtime.getRuntime().removeShutdownHook(PROBE);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
