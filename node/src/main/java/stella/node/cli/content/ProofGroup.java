package stella.node.cli.content;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stella proof}. */
@Command(
        name = "proof",
        header = "Make and verify proofs of possession, as Stores send them to the chain.",
        footer = {
            "  stella proof make model.tflite.car --seed 0x… --deal 7 > proof.json",
            "  stella proof verify bafkzcib… proof.json"
        })
public final class ProofGroup implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "'" + spec.qualifiedName() + "' needs a command: "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
