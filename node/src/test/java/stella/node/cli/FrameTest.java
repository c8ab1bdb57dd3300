package stella.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What every command has from the root: help, formats, errors, exit codes. */
class FrameTest {
    @Test
    void printsHelpWhenAskedForNothing() {
        CliRun run = CliRun.stella();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "Usage: stella", "cid", "proof");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void printsItsVersion() {
        assertThat(CliRun.stella("--version").out()).matches("stella \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void showsExamplesBeforeOptionsInEveryCommand() {
        CommandLine root = StellaCommand.commandLine(Console.system());
        for (List<String> words : commands(root)) {
            words.add("--help");
            String help = CliRun.stella(words.toArray(String[]::new)).out();

            assertThat(help).as("%s", words).contains("Examples:");
            assertThat(help.indexOf("Examples:")).as("%s", words).isLessThan(help.indexOf("Usage:"));
            assertThat(help.lines().mapToInt(String::length).max().orElse(0))
                    .as("%s", words)
                    .isLessThanOrEqualTo(80);
        }
    }

    private static List<List<String>> commands(CommandLine command) {
        List<List<String>> all = new ArrayList<>();
        command.getSubcommands().forEach((name, child) -> {
            all.add(new ArrayList<>(List.of(name)));
            for (List<String> deeper : commands(child)) {
                deeper.addFirst(name);
                all.add(deeper);
            }
        });
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "cidd, did you mean 'stella cid'?",
        "comp, did you mean 'stella commp'?",
        "porof, did you mean 'stella proof'?",
        "zzzzzz, stella --help"
    })
    void guessesWhichCommandWasMeant(String typed, String hint) {
        CliRun run = CliRun.stella(typed);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("error: 'stella' has no command '" + typed + "'\ntry: " + hint + "\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void guessesWhichOptionWasMeant() {
        assertThat(CliRun.stella("cid", "--profil", "x", "f").err()).contains("did you mean 'stella cid --profile'?");
    }

    @Test
    void namesTheCommandsOfAGroup() {
        CliRun run = CliRun.stella("car");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("pack, ls, extract, verify");
    }

    @Test
    void tellsErrorsInJsonWhereverTheFormatStands() {
        for (String[] arguments : new String[][] {
            {"--output", "json", "cidd"},
            {"cidd", "--output", "json"},
            {"cidd", "--output=NDJSON"},
            {"cid", "--output=json"}
        }) {
            CliRun run = CliRun.stella(arguments);

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("{\"error\":{\"code\":\"usage\",\"message\":\"")
                    .endsWith("}}\n");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void takesOptionsFromTheEnvironmentUnlessTheyAreGiven() {
        Map<String, String> environment = Map.of("STELLA_OUTPUT", "json", "STELLA_PROFILE", "kubo-cidv1");

        assertThat(CliRun.withEnvironment(environment, "cid", "pom.xml").out()).contains("\"profile\":\"kubo-cidv1\"");
        assertThat(CliRun.withEnvironment(environment, "cid", "pom.xml", "--profile", "unixfs-v0-2015")
                        .out())
                .contains("\"profile\":\"unixfs-v0-2015\"");
        assertThat(CliRun.withEnvironment(environment, "cid", "pom.xml", "--output", "plain")
                        .out())
                .startsWith("bafk");
    }

    @Test
    void isQuietWhenAsked() {
        for (String[] arguments : new String[][] {{"--quiet", "cid", "pom.xml"}, {"cid", "--quiet", "pom.xml"}}) {
            Console console = new Console(System.in, System.out, System.err, true, Map.of());

            StellaCommand.commandLine(console).parseArgs(arguments);

            assertThat(console.quiet()).isTrue();
            assertThat(console.progress()).isInstanceOf(ProgressLine.Silent.class);
        }
    }

    @Test
    void showsNoControlCharactersOfStrangers() {
        assertThat(Tables.clean("a\u001b[31mb\nc\u202ed")).isEqualTo("a?[31mb?c?d");
    }

    @ParameterizedTest
    @CsvSource({"car, cra, 1", "cid, cidd, 1", "pack, pack, 0", "extract, exract, 1", "ls, verify, 6"})
    void countsSlipsOfTheFinger(String a, String b, int slips) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(slips);
    }
}
