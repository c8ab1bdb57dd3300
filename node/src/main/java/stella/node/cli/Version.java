package stella.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
public final class Version implements IVersionProvider {
    /** The version alone, such as {@code 0.1.0}. */
    public static String number() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/stella-version.properties")) {
            if (in == null) throw new IllegalStateException("stella-version.properties is not in the program");
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("stella-version.properties cannot be read", e);
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"stella " + number()};
    }
}
