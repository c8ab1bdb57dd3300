//! Appeals of suspended accounts (RE-5), and the end of an account in a role (RE-3).

use crate::{agenda::Probes, roles::is_text, types::*, *};
use frame_support::{pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Saturating;

impl<T: Config> Pallet<T> {
    pub(crate) fn do_appeal(account: T::AccountId, role: Role) -> DispatchResult {
        Self::working_role(role, &account)?;
        ensure!(Self::standing(role, &account) == Standing::Suspended, Error::<T>::NotSuspended);
        ensure!(!Appeals::<T>::contains_key(role, &account), Error::<T>::AlreadyAppealed);
        let fee = T::AppealFee::get();
        Self::hold(HoldReason::AppealFee, &account, fee)?;
        let wanted = Self::now().saturating_add(T::EpochLength::get().saturating_mul(T::AppealPeriods::get().into()));
        let deadline = Self::schedule(AgendaItem::Appeal(role, account.clone()), wanted, &mut Probes::of_call())?;
        let epoch = CurrentEpoch::<T>::get();
        Appeals::<T>::insert(role, &account, Appeal { epoch, fee, deadline });
        Self::deposit_event(Event::Appealed { role, account, epoch });
        Ok(())
    }

    /// The appeal is due in `slot` of the agenda: nothing has come of it.
    pub(crate) fn appeal_due(role: Role, account: &T::AccountId, slot: BlockNumberFor<T>) -> DispatchResult {
        if Appeals::<T>::get(role, account).is_some_and(|appeal| appeal.deadline == slot) {
            Self::lose_appeal(role, account);
        }
        Ok(())
    }

    /// The fee of a pending appeal, if there is one, goes to the treasury.
    pub(crate) fn lose_appeal(role: Role, account: &T::AccountId) {
        if let Some(appeal) = Appeals::<T>::take(role, account) {
            let fee = Self::pay_held(HoldReason::AppealFee, account, &T::Treasury::get(), appeal.fee);
            Self::deposit_event(Event::AppealLost { role, account: account.clone(), fee });
        }
    }

    /// The fee of a pending appeal, if there is one, is free again.
    pub(crate) fn win_appeal(role: Role, account: &T::AccountId) {
        if let Some(appeal) = Appeals::<T>::take(role, account) {
            Self::release(HoldReason::AppealFee, account, appeal.fee);
            Self::deposit_event(Event::AppealWon { role, account: account.clone() });
        }
    }

    pub(crate) fn do_disqualify(role: Role, account: T::AccountId, reason: Reason) -> DispatchResult {
        ensure!(is_text(&reason), Error::<T>::BadReason);
        ensure!(Roles::<T>::contains_key(role, &account), Error::<T>::NotRegistered);
        ensure!(Self::standing(role, &account) != Standing::Disqualified, Error::<T>::Disqualified);
        Self::put_out(role, &account);
        Self::deposit_event(Event::Disqualified { role, account, reason });
        Ok(())
    }

    /// Disqualifies an account for good and makes it leave. Its live deals go on and are paid: they are funded, and
    /// their clients may rely on them.
    pub(crate) fn put_out(role: Role, account: &T::AccountId) {
        let before = Self::standing(role, account);
        if before != Standing::Disqualified {
            let score = Reputation::<T>::get(role, account).map_or(0, |entry| entry.score);
            let (standing, epoch) = (Standing::Disqualified, CurrentEpoch::<T>::get());
            Reputation::<T>::insert(role, account, ReputationEntry { score, standing, weight: 0, epoch });
            Self::standing_changed(role, account.clone(), before, standing, score);
        }
        if let Ok(entry) = Self::working_role(role, account) {
            Self::leave(role, account.clone(), entry);
        }
    }
}
