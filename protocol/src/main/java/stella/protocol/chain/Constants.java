package stella.protocol.chain;

import java.math.BigInteger;

/**
 * Constants of the pallet, read from metadata (protocol.md, "Constants"). Durations are blocks, bonds are planck.
 *
 * @param faultSlashPerBillion share of the collateral lost by one fault, 10^-9
 * @param collateralRatio fixed point, 10^18 = 1
 */
public record Constants(
        long epochLength,
        long provingPeriod,
        long provingWindow,
        int challengesPerProof,
        int maxReplicas,
        long requestTtl,
        long activationTimeout,
        int maxConsecutiveFaults,
        long faultSlashPerBillion,
        BigInteger collateralRatio,
        long unbondingPeriod,
        int itemsPerEpoch,
        int committeeSize,
        long attestationWindow,
        BigInteger storeBond,
        BigInteger fetchBond,
        BigInteger inspectorBond) {}
