package stella.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class TypedArgumentsTest {
    @Test
    void areTheSameWordsForAShell() {
        assertThat(typed("put", "it's here.txt", "--replicas", "3"))
                .isEqualTo("./stella put 'it'\\''s here.txt' --replicas 3 --key k1");
    }

    @Test
    void showNoSecret() {
        assertThat(typed("put", "a", "--account", "bottom drive obey lake")).contains("--account SURI");
        assertThat(typed("put", "a", "--account", "alice")).contains("--account alice");
        assertThat(typed("put", "a", "--account=0xe5be9a5092b81bca64be81d212e7f2f9"))
                .doesNotContain("e5be");
    }

    private static String typed(String... arguments) {
        CommandSpec root = CommandSpec.create();
        CommandSpec put = CommandSpec.create()
                .addPositional(CommandLine.Model.PositionalParamSpec.builder()
                        .arity("0..*")
                        .type(String[].class)
                        .build())
                .addOption(CommandLine.Model.OptionSpec.builder("--replicas")
                        .arity("1")
                        .type(int.class)
                        .build())
                .addOption(CommandLine.Model.OptionSpec.builder("--account")
                        .arity("1")
                        .type(String.class)
                        .build());
        root.addSubcommand("put", put);
        CommandLine line = new CommandLine(root);
        line.parseArgs(arguments);
        return TypedArguments.again(put, "--key", "k1");
    }
}
