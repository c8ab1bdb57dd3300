//! Epochs, and verdicts committed and revealed in them (IN-1, IN-5, IN-9).

use crate::{types::*, *};
use codec::Encode;
use frame_support::{
    pallet_prelude::*,
    traits::{Get, Randomness},
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_io::hashing::blake2_256;
use sp_runtime::traits::{Saturating, UniqueSaturatedInto};

/// Epochs that [`Epochs`] keeps.
const EPOCHS_KEPT: u32 = 8;

impl<T: Config> Pallet<T> {
    /// Writes the seed of block `now` and removes the one that no challenge can name any more.
    pub(crate) fn sample_seed(now: BlockNumberFor<T>) -> Weight {
        let seed = T::Randomness::random(b"stella/seed").0;
        Seeds::<T>::insert(now, seed.to_fixed_bytes());
        let kept = T::ActivationTimeout::get().max(T::ProvingPeriod::get()).saturating_add(2u32.into());
        Seeds::<T>::remove(now.saturating_sub(kept));
        T::WeightInfo::tick()
    }

    /// Starts the epoch of block `now`, if that is its first block.
    pub(crate) fn start_epoch(now: BlockNumberFor<T>) -> Weight {
        let epoch = Self::epoch_at(now);
        if Epochs::<T>::contains_key(epoch) {
            return Weight::zero(); // part of `tick`
        }
        let seed = Seeds::<T>::get(now).unwrap_or_default();
        CurrentEpoch::<T>::put(epoch);
        Epochs::<T>::insert(epoch, EpochInfo { seed, first_block: now });
        if let Some(old) = epoch.checked_sub(EPOCHS_KEPT) {
            Epochs::<T>::remove(old);
        }
        Self::deposit_event(Event::EpochStarted { epoch, seed });
        Weight::zero()
    }

    pub(crate) fn do_commit_verdicts(inspector: T::AccountId, epoch: u32, hash: [u8; 32]) -> DispatchResult {
        let (current, offset) = Self::phase();
        ensure!(Some(current) == epoch.checked_add(1) && offset < half::<T>(), Error::<T>::WrongPhase);
        Self::inspector_of(&inspector, epoch)?;
        ensure!(!Commits::<T>::contains_key(epoch, &inspector), Error::<T>::AlreadyCommitted);
        Commits::<T>::insert(epoch, &inspector, hash);
        Self::deposit_event(Event::VerdictsCommitted { epoch, inspector });
        Ok(())
    }

    pub(crate) fn do_reveal_verdicts(
        inspector: T::AccountId,
        epoch: u32,
        salt: [u8; 32],
        verdicts: VerdictsOf<T>,
    ) -> DispatchResult {
        let (current, offset) = Self::phase();
        ensure!(Some(current) == epoch.checked_add(1) && offset >= half::<T>(), Error::<T>::WrongPhase);
        Self::inspector_of(&inspector, epoch)?;
        let commit = Commits::<T>::get(epoch, &inspector).ok_or(Error::<T>::NoCommit)?;
        ensure!(!Reveals::<T>::contains_key(epoch, &inspector), Error::<T>::AlreadyRevealed);
        let mut preimage = verdicts.encode();
        preimage.extend_from_slice(&salt);
        ensure!(blake2_256(&preimage) == commit, Error::<T>::CommitMismatch);
        let count = verdicts.len() as u32;
        Reveals::<T>::insert(epoch, &inspector, verdicts);
        Self::deposit_event(Event::VerdictsRevealed { epoch, inspector, verdicts: count });
        Ok(())
    }

    /// Refuses an account that has no say about `epoch`: not an Inspector, gone before it began, or out of standing.
    pub(crate) fn inspector_of(account: &T::AccountId, epoch: u32) -> DispatchResult {
        let entry = Roles::<T>::get(Role::Inspector, account).ok_or(Error::<T>::NotRegistered)?;
        ensure!(Self::worked_in(&entry, epoch), Error::<T>::RoleLeaving);
        Self::ensure_in_standing(Role::Inspector, account)
    }

    /// Whether the role had not been left when `epoch` began.
    pub(crate) fn worked_in(entry: &RoleEntryOf<T>, epoch: u32) -> bool {
        let first = T::EpochLength::get().saturating_mul(epoch.into());
        entry.leaving_since.is_none_or(|left| left >= first)
    }

    /// The epoch of the current block, and the blocks of it that are over.
    pub(crate) fn phase() -> (u32, BlockNumberFor<T>) {
        let now = Self::now();
        (Self::epoch_at(now), now % T::EpochLength::get())
    }

    /// Block from which the reputation of `epoch` is attested; questions about its verdicts are over by then (IN-9).
    pub(crate) fn attestation_opens(epoch: u32) -> BlockNumberFor<T> {
        let first = T::EpochLength::get().saturating_mul(epoch.saturating_add(2).into());
        first.saturating_add(T::AttestationWindow::get() / 2u32.into())
    }

    fn epoch_at(block: BlockNumberFor<T>) -> u32 {
        (block / T::EpochLength::get()).unique_saturated_into()
    }
}

/// Offset in an epoch at which its second half begins.
fn half<T: Config>() -> BlockNumberFor<T> {
    T::EpochLength::get() / 2u32.into()
}
