package stella.node.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import stella.node.api.client.ApiClient;
import stella.node.api.document.NetworkInfo;
import stella.node.api.document.NodePage;
import stella.node.api.document.NodeStatus;
import stella.node.cli.Console;
import stella.node.cli.ExitCode;
import stella.node.cli.Facts;
import stella.node.cli.Rows;
import stella.protocol.Bytes;
import stella.protocol.cid.Cid;
import stella.protocol.cid.Codec;
import stella.protocol.cid.Multihash;

/** {@code stella doctor}. */
@Command(
        name = "doctor",
        header = "Look at the running network: what works, what does not, and what mends it.",
        description = {
            "Exit code 0 when all is well, 1 when something needs a person, 5 when no node runs.",
            "JSON keys: check, result (ok, bad), detail."
        },
        footer = {"  stella doctor"})
public final class DoctorCommand extends NodeCommand {
    /** The probe of trustless gateways: an identity CID of no bytes. */
    private static final Cid PROBE = Cid.v1(Codec.RAW, new Multihash(Multihash.IDENTITY, Bytes.EMPTY));

    private record Check(String name, boolean ok, String detail) {}

    public DoctorCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(ApiClient client, Interruption interruption) throws IOException {
        NodeStatus status = client.status();
        List<Check> checks = new ArrayList<>();
        checks.add(network(status.network()));
        checks.add(chain(status));
        checks.add(health(status.health()));
        checks.add(gateway(client, status.network()));
        if (status.head() != null)
            for (NodePage.RegisteredNode node : client.nodes().nodes()) checks.add(node(node));
        try (Rows rows = console.rows("check", "result", "detail")) {
            for (Check check : checks)
                rows.add(Facts.of("check", check.name())
                        .and("result", check.ok() ? "ok" : "bad")
                        .and("detail", check.detail()));
        }
        boolean well = checks.stream().allMatch(Check::ok);
        console.next(well ? "./stella put FILE" : "./stella deal ls");
        return well ? ExitCode.OK : ExitCode.FAILED;
    }

    private static Check network(NetworkInfo network) {
        String accounts =
                network.accounts().stream().map(NetworkInfo.Account::name).collect(Collectors.joining(", "));
        return new Check(
                "network",
                true,
                network.name() + ", genesis " + network.genesis() + ", rpc " + network.rpc() + ", data in "
                        + network.dataDir() + ", accounts " + accounts);
    }

    private static Check chain(NodeStatus status) {
        NodeStatus.Head head = status.head();
        return head == null
                ? new Check("chain", false, "no block is finalized yet")
                : new Check("chain", true, "block " + head.number() + ", epoch " + status.epoch());
    }

    private static Check health(NodeStatus.Health health) {
        String reasons = health.reasons().isEmpty() ? "" : ": " + String.join("; ", health.reasons());
        return new Check("health", health.status().equals("ready"), health.status() + reasons);
    }

    private static Check gateway(ApiClient client, NetworkInfo network) {
        try {
            Optional<Bytes> answer = client.blocks(network.gateway()).block(PROBE);
            return new Check(
                    "gateway",
                    answer.isPresent(),
                    network.gateway() + (answer.isPresent() ? " answers" : " does not know the probe"));
        } catch (IOException e) {
            return new Check("gateway", false, network.gateway() + ": " + e.getMessage());
        }
    }

    private static Check node(NodePage.RegisteredNode node) {
        boolean standing =
                !node.standing().equals("Suspended") && !node.standing().equals("Disqualified");
        String detail = node.role() + ", " + node.standing() + ", score " + Documents.percent(node.scorePpm())
                + (node.role().equals("Store") ? ", " + node.liveDeals() + " live deals" : "") + ", " + node.endpoint()
                + (node.alarms().isEmpty() ? "" : "; " + String.join("; ", node.alarms()));
        return new Check(
                Documents.who(node.name(), node.account()),
                standing && node.alarms().isEmpty(),
                detail);
    }
}
