package stella.protocol.deal;

import stella.protocol.Bytes;

/**
 * Where on Filecoin a Store says it has archived a deal's piece (clause FX-2). The chain keeps the statement and cannot check it; anybody can, on Filecoin.
 *
 * @param dealId the deal's number in Filecoin's market
 * @param provider actor number of the storage provider: f01234 has 1234
 * @param proposal binary CID of the signed deal proposal, at most 64 bytes
 */
public record FilecoinDeal(long dealId, long provider, Bytes proposal) {}
