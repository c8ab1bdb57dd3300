package stella.gateway.keys;

import stella.gateway.crypto.Blake2;
import stella.gateway.crypto.Ecdsa;
import stella.gateway.crypto.Ed25519;
import stella.gateway.crypto.Sr25519;
import stella.gateway.scale.ScaleWriter;
import stella.protocol.AccountId;
import stella.protocol.Bytes;

/** A secret key of one scheme and the account it signs for. Its text form shows the account, never the secret. */
public final class Keypair {
    private final Scheme scheme;
    private final Bytes publicKey;
    private final AccountId account;
    private final byte[] secret;
    private final Signer signer;

    private interface Signer {
        byte[] sign(byte[] message);
    }

    private Keypair(Scheme scheme, byte[] secret, byte[] publicKey, Signer signer) {
        this.scheme = scheme;
        this.secret = secret;
        this.publicKey = Bytes.of(publicKey);
        this.account = AccountId.of(scheme == Scheme.ECDSA ? Blake2.blake2b256(publicKey) : publicKey);
        this.signer = signer;
    }

    /**
     * The sr25519 key pair of a secret URI, for example {@code //Alice}.
     *
     * @throws IllegalArgumentException when {@code suri} is malformed; the message does not repeat it
     */
    public static Keypair fromSuri(String suri) {
        return fromSuri(suri, Scheme.SR25519);
    }

    /**
     * The key pair of a secret URI; soft steps exist in sr25519 alone.
     *
     * @throws IllegalArgumentException when {@code suri} is malformed; the message does not repeat it
     */
    public static Keypair fromSuri(String suri, Scheme scheme) {
        Suri parsed = Suri.parse(suri);
        return switch (scheme) {
            case SR25519 -> sr25519(parsed);
            case ED25519 -> ed25519(deriveHard(parsed, "Ed25519HDKD"));
            case ECDSA -> ecdsa(deriveHard(parsed, "Secp256k1HDKD"));
        };
    }

    /** The key pair of a secret as {@link #secret} gives it: 64 bytes for sr25519, else 32. */
    static Keypair fromSecret(Scheme scheme, byte[] secret) {
        return switch (scheme) {
            case SR25519 -> sr25519(Sr25519.Secret.fromBytes(secret));
            case ED25519 -> ed25519(secret.clone());
            case ECDSA -> ecdsa(secret.clone());
        };
    }

    /** For the keystore alone. */
    byte[] secret() {
        return secret.clone();
    }

    public Scheme scheme() {
        return scheme;
    }

    /** 32 bytes, for ecdsa 33. */
    public Bytes publicKey() {
        return publicKey;
    }

    public AccountId account() {
        return account;
    }

    /** The signature over {@code message}: 64 bytes, for ecdsa 65. Equal messages have equal signatures. */
    public Bytes sign(Bytes message) {
        return Bytes.owning(signer.sign(message.toArray()));
    }

    /** Whether {@code signature} is one over {@code message} by the key {@code publicKey}; malformed input is {@code false}. */
    public static boolean verify(Scheme scheme, Bytes publicKey, Bytes message, Bytes signature) {
        byte[] key = publicKey.toArray();
        return switch (scheme) {
            case SR25519 -> Sr25519.verify(signature.toArray(), message.toArray(), key);
            case ED25519 -> Ed25519.verify(signature.toArray(), message.toArray(), key);
            case ECDSA -> Ecdsa.verify(signature.toArray(), message.toArray(), key);
        };
    }

    @Override
    public String toString() {
        return scheme + " " + Ss58.encode(account, Ss58.GENERIC_PREFIX);
    }

    private static Keypair sr25519(Suri suri) {
        Sr25519.Secret secret = Sr25519.Secret.fromMiniSecret(suri.miniSecret().toArray());
        for (Suri.Junction step : suri.path()) {
            byte[] chainCode = step.chainCode().toArray();
            secret = step.hard() ? secret.deriveHard(chainCode) : secret.deriveSoft(chainCode);
        }
        return sr25519(secret);
    }

    private static Keypair sr25519(Sr25519.Secret secret) {
        return new Keypair(Scheme.SR25519, secret.toBytes(), secret.publicKey(), secret::sign);
    }

    private static Keypair ed25519(byte[] seed) {
        return new Keypair(Scheme.ED25519, seed, Ed25519.publicKey(seed), message -> Ed25519.sign(seed, message));
    }

    private static Keypair ecdsa(byte[] secret) {
        return new Keypair(Scheme.ECDSA, secret, Ecdsa.publicKey(secret), message -> Ecdsa.sign(secret, message));
    }

    private static byte[] deriveHard(Suri suri, String domain) {
        byte[] seed = suri.miniSecret().toArray();
        for (Suri.Junction step : suri.path()) {
            if (!step.hard())
                throw new IllegalArgumentException(
                        "a soft step (/name) exists in sr25519 only; write //name for a hard one");
            seed = Blake2.blake2b256(new ScaleWriter()
                    .text(domain)
                    .raw(seed)
                    .raw(step.chainCode())
                    .toArray());
        }
        return seed;
    }
}
