package stella.gateway.keys;

/** The signature schemes of Substrate; the ordinal is the index of {@code MultiSignature} in SCALE. */
public enum Scheme {
    ED25519,
    SR25519,
    ECDSA
}
