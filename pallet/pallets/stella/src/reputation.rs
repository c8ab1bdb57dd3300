//! Reputation: who enters with which, and how attested changes are taken over (RE-2, RE-3).

use crate::{types::*, *};
use codec::Encode;
use frame_support::{pallet_prelude::*, traits::Get};
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchError;

/// Weight and score of an anchor, parts per million.
const ANCHOR_TRUST: u32 = 1_000_000;
/// Highest score of a Store or Fetch, parts per million.
const SCORE_MAX: u32 = 1_000_000;
/// Highest weight and score of an Inspector, parts per million: none counts for more than two.
const WEIGHT_MAX: u32 = 2_000_000;

impl<T: Config> Pallet<T> {
    /// Says how many entries were read or taken over.
    pub(crate) fn do_attest_reputation(
        inspector: T::AccountId,
        epoch: u32,
        digest: [u8; 32],
        changes: Option<ChangesOf<T>>,
    ) -> Result<u32, DispatchError> {
        let (current, offset) = Self::phase();
        let window = T::AttestationWindow::get();
        let open = window / 2u32.into()..window;
        ensure!(Some(current) == epoch.checked_add(2) && open.contains(&offset), Error::<T>::WrongPhase);
        Self::inspector_of(&inspector, epoch)?;
        ensure!(!Attestations::<T>::contains_key(epoch, &inspector), Error::<T>::AlreadyAttested);
        let adopted = Adopted::<T>::get(epoch);
        ensure!(adopted.is_none_or(|adopted| adopted == digest), Error::<T>::AlreadyAdopted);
        let carried = changes.as_ref().map_or(0, |changes| changes.entries.len() as u32);
        Self::carry(epoch, digest, changes)?;

        Attestations::<T>::insert(epoch, &inspector, digest);
        Self::deposit_event(Event::ReputationAttested { epoch, inspector, digest });
        let adopts = adopted.is_none() && Self::has_quorum(epoch, digest);
        Ok(if adopts { Self::adopt(epoch, digest) } else { carried })
    }

    /// Keeps the changes behind a digest; they must be there from its first attestation on.
    fn carry(epoch: u32, digest: [u8; 32], changes: Option<ChangesOf<T>>) -> DispatchResult {
        let Some(changes) = changes else {
            ensure!(Carried::<T>::contains_key(epoch, digest), Error::<T>::ChangesMissing);
            return Ok(());
        };
        let mut preimage = changes.entries.encode();
        preimage.extend_from_slice(&changes.state);
        ensure!(blake2_256(&preimage) == digest, Error::<T>::ChangesMismatch);
        ensure!(changes.entries.iter().all(in_range), Error::<T>::ChangesOutOfRange);
        Carried::<T>::insert(epoch, digest, changes);
        Ok(())
    }

    /// Whether more than two thirds of all trust weight stand behind the digest.
    fn has_quorum(epoch: u32, digest: [u8; 32]) -> bool {
        let (mut total, mut behind) = (0u64, 0u64);
        for (account, entry) in Roles::<T>::iter_prefix(Role::Inspector) {
            if !Self::worked_in(&entry, epoch) || Self::ensure_in_standing(Role::Inspector, &account).is_err() {
                continue;
            }
            let weight = u64::from(Reputation::<T>::get(Role::Inspector, &account).map_or(0, |entry| entry.weight));
            total += weight;
            if Attestations::<T>::get(epoch, &account) == Some(digest) {
                behind += weight;
            }
        }
        3 * behind > 2 * total
    }

    /// Takes the changes over, for accounts that still hold the role. Says how many there were.
    fn adopt(epoch: u32, digest: [u8; 32]) -> u32 {
        let Some(changes) = Carried::<T>::get(epoch, digest) else {
            return 0;
        };
        let entries = changes.entries.len() as u32;
        let mut count = 0;
        for change in changes.entries {
            let ReputationChange { role, account, score, standing, weight } = change;
            let before = Self::standing(role, &account);
            if before == Standing::Disqualified || !Roles::<T>::contains_key(role, &account) {
                continue;
            }
            Reputation::<T>::insert(role, &account, ReputationEntry { score, standing, weight, epoch });
            Self::standing_changed(role, account, before, standing, score);
            count += 1;
        }
        Adopted::<T>::insert(epoch, digest);
        Self::deposit_event(Event::ReputationAdopted { epoch, digest, changes: count });
        entries
    }

    pub(crate) fn do_set_anchors(inspectors: AnchorsOf<T>) -> DispatchResult {
        for account in &inspectors {
            let before = Self::standing(Role::Inspector, account);
            if before != Standing::Disqualified && Roles::<T>::contains_key(Role::Inspector, account) {
                Reputation::<T>::insert(Role::Inspector, account, Self::anchor_entry());
                Self::standing_changed(Role::Inspector, account.clone(), before, Standing::Trusted, ANCHOR_TRUST);
            }
        }
        let count = inspectors.len() as u32;
        Anchors::<T>::put(inspectors);
        Self::deposit_event(Event::AnchorsSet { count });
        Ok(())
    }

    /// Reputation of an account that takes a role: anchors are trusted at once, everybody else must earn it.
    pub(crate) fn enter_reputation(role: Role, account: &T::AccountId) {
        let entry = if role == Role::Inspector && Anchors::<T>::get().contains(account) {
            Self::anchor_entry()
        } else {
            let epoch = CurrentEpoch::<T>::get();
            ReputationEntry { score: 0, standing: Standing::Probation, weight: 0, epoch }
        };
        Reputation::<T>::insert(role, account, entry);
    }

    /// Whoever comes back starts from nothing, except that disqualification is for good.
    pub(crate) fn leave_reputation(role: Role, account: &T::AccountId) {
        if Self::standing(role, account) != Standing::Disqualified {
            Reputation::<T>::remove(role, account);
        }
    }

    pub(crate) fn standing(role: Role, account: &T::AccountId) -> Standing {
        Reputation::<T>::get(role, account).map_or(Standing::Probation, |entry| entry.standing)
    }

    /// Refuses accounts that get no new work and have no say.
    pub(crate) fn ensure_in_standing(role: Role, account: &T::AccountId) -> DispatchResult {
        match Self::standing(role, account) {
            Standing::Probation | Standing::Trusted => Ok(()),
            Standing::Suspended => Err(Error::<T>::Suspended.into()),
            Standing::Disqualified => Err(Error::<T>::Disqualified.into()),
        }
    }

    fn anchor_entry() -> ReputationEntry {
        let epoch = CurrentEpoch::<T>::get();
        ReputationEntry { score: ANCHOR_TRUST, standing: Standing::Trusted, weight: ANCHOR_TRUST, epoch }
    }

    /// Tells of a change of standing. Whoever is no longer suspended has won its appeal.
    pub(crate) fn standing_changed(role: Role, account: T::AccountId, from: Standing, to: Standing, score: u32) {
        if from == to {
            return;
        }
        if from == Standing::Suspended && to != Standing::Disqualified {
            Self::win_appeal(role, &account);
        }
        Self::deposit_event(Event::StandingChanged { role, account, from, to, score });
    }
}

fn in_range<AccountId>(change: &ReputationChange<AccountId>) -> bool {
    match change.role {
        Role::Inspector => change.score <= WEIGHT_MAX && change.weight <= WEIGHT_MAX,
        Role::Store | Role::Fetch => change.score <= SCORE_MAX && change.weight == 0,
    }
}
