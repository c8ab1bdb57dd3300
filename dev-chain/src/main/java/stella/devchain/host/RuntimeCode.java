package stella.devchain.host;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.WasmModule;
import stella.devchain.state.Overlay;
import stella.devchain.state.State;
import stella.gateway.scale.ScaleException;
import stella.protocol.Bytes;

/**
 * A loaded runtime. Any thread may call it; calls at the same time use different instances, which are kept for later calls.
 *
 * <p>A call sees fresh memory and the storage it is given, and nothing else, so the same call on the same storage gives the same answer.
 */
public final class RuntimeCode {
    private static final int IDLE_MAX = 4;

    private final WasmModule module;
    private final HostTable table;
    private final HostServices services;
    private final Duration callLimit;
    private final Set<String> exports = new HashSet<>();
    private final ConcurrentLinkedDeque<RuntimeInstance> idle = new ConcurrentLinkedDeque<>();
    private volatile @Nullable Function<Instance, Machine> factory;
    private final RuntimeVersion version;

    /** @param factory runs compiled code; null interprets until {@link #compiled} brings one */
    RuntimeCode(
            WasmModule module,
            @Nullable Function<Instance, Machine> factory,
            HostTable table,
            HostServices services,
            Duration callLimit) {
        this.module = module;
        this.factory = factory;
        this.table = table;
        this.services = services;
        this.callLimit = callLimit;
        for (int i = 0; i < module.exportSection().exportCount(); i++)
            exports.add(module.exportSection().getExport(i).name());
        if (!has("Core_version"))
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE, "the blob exports no Core_version, so it is not a Substrate runtime");
        try {
            version = RuntimeVersion.decode(call("Core_version", Bytes.EMPTY, new Overlay(State.EMPTY)));
        } catch (ScaleException e) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.BAD_CODE, "Core_version answers no version: " + e.getMessage(), e);
        }
    }

    public RuntimeVersion version() {
        return version;
    }

    /** Whether the runtime has this function, such as {@code Metadata_metadata}. */
    public boolean has(String function) {
        return exports.contains(function);
    }

    /** From now on new calls run compiled. */
    void compiled(Function<Instance, Machine> machine) {
        factory = machine;
        idle.clear();
    }

    /**
     * Calls {@code function}, named {@code Api_method}, with its SCALE-encoded arguments.
     *
     * <p>What the call writes is left in {@code overlay}, also when it fails: who calls decides whether to commit. Transactions that the call left open
     * are rolled back.
     *
     * @throws RuntimeFailure when the call does not return
     */
    public Bytes call(String function, Bytes arguments, Overlay overlay) {
        if (!has(function))
            throw new RuntimeFailure(RuntimeFailure.Kind.NO_SUCH_CALL, "the runtime has no function " + function);
        int depth = overlay.depth();
        RuntimeInstance instance = borrow();
        Watchdog.Watch watch = Watchdog.over(callLimit);
        byte[] answer;
        try {
            answer = instance.call(function, arguments.toArray(), overlay);
        } catch (RuntimeFailure e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(function, instance.panic(), watch.end(), e);
        } finally {
            watch.end();
            overlay.rollbackTo(depth);
        }
        giveBack(instance);
        return Bytes.owning(answer);
    }

    private RuntimeFailure failure(String function, @Nullable String panic, boolean late, Throwable cause) {
        if (late)
            return new RuntimeFailure(
                    RuntimeFailure.Kind.TIMEOUT,
                    function + " did not end within " + callLimit.toMillis() + " ms and was stopped",
                    cause);
        if (panic != null) return new RuntimeFailure(RuntimeFailure.Kind.PANIC, function + ": " + panic, cause);
        String why = cause instanceof StackOverflowError ? "the stack overflowed" : cause.getMessage();
        return new RuntimeFailure(
                RuntimeFailure.Kind.TRAP,
                function + ": " + Optional.ofNullable(why).orElse(cause.toString()),
                cause);
    }

    private RuntimeInstance borrow() {
        RuntimeInstance instance = idle.pollFirst();
        return instance != null && Objects.equals(instance.factory, factory)
                ? instance
                : new RuntimeInstance(module, table, services, factory);
    }

    private void giveBack(RuntimeInstance instance) {
        if (idle.size() < IDLE_MAX && Objects.equals(instance.factory, factory) && instance.restore())
            idle.addFirst(instance);
    }
}
