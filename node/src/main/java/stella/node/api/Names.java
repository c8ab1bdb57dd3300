package stella.node.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stella.gateway.keys.Ss58;
import stella.node.api.document.NetworkInfo;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** What people call an account: its SS58 address, and a name where this program knows one. */
final class Names {
    private static final Pattern ACCOUNT_IN_HEX = Pattern.compile("0x[0-9a-f]{64}");

    private final Map<String, String> nameOf = new HashMap<>();

    Names(NetworkInfo network) {
        for (NetworkInfo.Account account : network.accounts()) nameOf.put(account.address(), account.name());
        for (NetworkInfo.Node node : network.nodes()) nameOf.put(node.address(), node.name());
    }

    static String address(AccountId account) {
        return Ss58.encode(account, Ss58.GENERIC_PREFIX);
    }

    @Nullable
    String name(AccountId account) {
        return nameOf.get(address(account));
    }

    /** The name, or else the address. */
    String word(AccountId account) {
        return Optional.ofNullable(name(account)).orElseGet(() -> address(account));
    }

    /** The text of a role, which names accounts in hexadecimal digits, with their names or addresses instead. */
    String inWords(String text) {
        return ACCOUNT_IN_HEX.matcher(text).replaceAll(found -> word(new AccountId(Bytes.hex(found.group()))));
    }
}
