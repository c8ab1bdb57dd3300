package stella.roles.inspector;

import stella.protocol.possession.LeafProof;

/**
 * The receipt behind an Ok (IN-4), kept as long as the verdict can be put in question (IN-8).
 *
 * @param deal number of the deal whose piece the leaf belongs to
 */
public record KeptReceipt(long deal, LeafProof proof) {}
