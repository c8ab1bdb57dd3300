package stella.node.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Every option has a twin in the environment: {@code --block-time} is {@code STELLA_BLOCK_TIME}. The command line wins. */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        // options of the root apply to all commands: as a default, one would come after what a command was given
        if (!(argument instanceof OptionSpec option) || option.inherited() || option.scopeType() == ScopeType.INHERIT)
            return null;
        return environment.get(variable(option.longestName()));
    }

    static String variable(String option) {
        return "STELLA_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
