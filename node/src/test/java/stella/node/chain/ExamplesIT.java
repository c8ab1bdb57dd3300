package stella.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stella.devchain.BlockMode;
import stella.devchain.DevChain;
import stella.devchain.DevChainSettings;
import stella.gateway.keys.Keypair;
import stella.gateway.keys.Ss58;

/** The examples of {@code chain-gateway}, compiled from the very files that people read, against the embedded chain. */
class ExamplesIT {
    private static DevChain chain;

    @TempDir
    private Path classes;

    @BeforeAll
    static void start() {
        chain = DevChain.start(
                DevChainSettings.standard().withMode(BlockMode.interval(java.time.Duration.ofMillis(200))));
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @Test
    void finalizedBlocksAreFollowed() throws Exception {
        assertThat(run("FollowBlocks", chain.rpcUri().toString(), "3"))
                .contains("genesis " + chain.genesisHash())
                .containsPattern("block \\d+ 0x[0-9a-f]{64}: System.ExtrinsicSuccess");
    }

    @Test
    void aTransferIsSent() throws Exception {
        String bob = Ss58.encode(Keypair.fromSuri("//Bob").account(), 42);

        assertThat(run("SendTransfer", chain.rpcUri().toString(), "//Alice", bob, "1000000000000"))
                .containsPattern("final in block \\d+");
    }

    @Test
    void aStorageRequestIsSubmitted() throws Exception {
        assertThat(run("RequestStorage", chain.rpcUri().toString(), "//Alice", "http://127.0.0.1:1/piece"))
                .contains("CreditsToppedUp", "StorageRequested");
    }

    private String run(String example, String... arguments) throws Exception {
        compile(example);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, ExamplesIT.class.getClassLoader())) {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            loader.loadClass(example).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void compile(String example) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        var files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
        List<String> options = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-cp"));
        options.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        boolean compiled = compiler.getTask(
                        null,
                        files,
                        problems,
                        options,
                        null,
                        files.getJavaFileObjects(Path.of("..", "chain-gateway", "examples", example + ".java")))
                .call();
        assertThat(compiled)
                .as(() -> problems.getDiagnostics().stream()
                        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                        .toList()
                        .toString())
                .isTrue();
    }
}
