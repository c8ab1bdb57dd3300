package stella.node.dev;

import java.io.IOException;
import stella.devchain.PortInUseException;
import stella.devchain.chain.ChainDataException;
import stella.node.cli.CommandException;
import stella.node.cli.ExitCode;
import stella.node.http.PortUnavailableException;

/** Starts a network for a command, and says in its words why that failed. */
final class Starting {
    private Starting() {}

    static DevNetwork of(DevSettings settings) {
        try {
            return DevNetwork.start(settings);
        } catch (PortUnavailableException e) {
            throw CommandException.of(
                            ExitCode.FAILED, "port-in-use", "port " + e.port() + " on " + e.host() + " cannot be had")
                    .because(String.valueOf(e.getMessage()))
                    .hint("choose another with --http PORT, or end the program that listens there");
        } catch (PortInUseException e) {
            throw CommandException.of(ExitCode.FAILED, "port-in-use", String.valueOf(e.getMessage()))
                    .hint("choose another with --rpc PORT, or end the program that listens there");
        } catch (ChainDataException e) {
            throw CommandException.of(ExitCode.FAILED, "chain-data", String.valueOf(e.getMessage()))
                    .hint("choose another folder with --data DIR");
        } catch (IOException e) {
            throw CommandException.of(ExitCode.FAILED, "data-folder", String.valueOf(e.getMessage()))
                    .hint("choose another folder with --data DIR");
        }
    }
}
