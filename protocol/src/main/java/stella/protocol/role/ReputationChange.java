package stella.protocol.role;

import stella.protocol.AccountId;

/** One changed entry of an attestation (clause RE-2); units as in {@link ReputationEntry}. */
public record ReputationChange(Role role, AccountId account, int scorePpm, Standing standing, int weightPpm) {}
