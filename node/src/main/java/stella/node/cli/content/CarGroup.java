package stella.node.cli.content;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code stella car}. */
@Command(
        name = "car",
        header = "Pack, list, extract and verify CAR files, the form in which content is stored.",
        footer = {
            "  stella car pack model.tflite",
            "  stella car verify model.tflite.car",
            "  stella car extract model.tflite.car -o copy"
        })
public final class CarGroup implements Runnable {
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
