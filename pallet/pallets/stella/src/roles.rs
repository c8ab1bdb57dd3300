//! Roles and their bonds (RO-1, RO-2).

use crate::{types::*, *};
use frame_support::{
    pallet_prelude::*,
    traits::{fungible::MutateHold, tokens::Precision, Get},
};
use sp_runtime::{traits::Saturating, DispatchError};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_register_role(
        account: T::AccountId,
        role: Role,
        endpoint: Endpoint,
        operator: Option<T::AccountId>,
    ) -> DispatchResult {
        ensure!(!Roles::<T>::contains_key(role, &account), Error::<T>::AlreadyRegistered);
        ensure!(is_url(&endpoint), Error::<T>::BadEndpoint);
        ensure!(Self::standing(role, &account) != Standing::Disqualified, Error::<T>::Disqualified);
        if role == Role::Inspector {
            let count = InspectorCount::<T>::get();
            ensure!(count < T::MaxInspectors::get(), Error::<T>::TooManyInspectors);
            InspectorCount::<T>::put(count + 1);
        }
        let bond = Self::bond(role);
        Self::hold(HoldReason::RoleBond, &account, bond)?;
        // Another operator must confirm it first; until then it is only a claim.
        let (operator, claimed) = match operator {
            Some(operator) if operator != account => (None, Some(operator)),
            own => (own, None),
        };
        if let Some(claimed) = claimed {
            OperatorClaims::<T>::insert(role, &account, claimed);
        }
        let entry = RoleEntry {
            bond,
            endpoint: endpoint.clone(),
            operator,
            registered_at: Self::now(),
            leaving_since: None,
            live_deals: 0,
        };
        Roles::<T>::insert(role, &account, entry);
        Self::enter_reputation(role, &account);
        Self::deposit_event(Event::RoleRegistered { role, account, endpoint });
        Ok(())
    }

    pub(crate) fn do_update_endpoint(account: T::AccountId, role: Role, endpoint: Endpoint) -> DispatchResult {
        ensure!(is_url(&endpoint), Error::<T>::BadEndpoint);
        Roles::<T>::try_mutate(role, &account, |entry| {
            entry.as_mut().ok_or(Error::<T>::NotRegistered)?.endpoint = endpoint.clone();
            DispatchResult::Ok(())
        })?;
        Self::deposit_event(Event::EndpointUpdated { role, account, endpoint });
        Ok(())
    }

    pub(crate) fn do_leave_role(account: T::AccountId, role: Role) -> DispatchResult {
        let entry = Self::working_role(role, &account)?;
        Self::leave(role, account, entry);
        Ok(())
    }

    /// No new work from now on.
    pub(crate) fn leave(role: Role, account: T::AccountId, mut entry: RoleEntryOf<T>) {
        let now = Self::now();
        entry.leaving_since = Some(now);
        Roles::<T>::insert(role, &account, entry);
        if role == Role::Store {
            Self::end_ask(&account);
        }
        let free_at = now.saturating_add(T::UnbondingPeriod::get());
        Self::deposit_event(Event::RoleLeft { role, account, free_at });
    }

    pub(crate) fn do_confirm_operator(operator: T::AccountId, role: Role, account: T::AccountId) -> DispatchResult {
        let claimed = OperatorClaims::<T>::take(role, &account);
        ensure!(claimed.is_some_and(|claimed| claimed == operator), Error::<T>::NoSuchClaim);
        Roles::<T>::try_mutate(role, &account, |entry| {
            entry.as_mut().ok_or(Error::<T>::NotRegistered)?.operator = Some(operator.clone());
            DispatchResult::Ok(())
        })?;
        Self::deposit_event(Event::OperatorConfirmed { role, account, operator });
        Ok(())
    }

    pub(crate) fn do_withdraw_bond(account: T::AccountId, role: Role) -> DispatchResult {
        let entry = Roles::<T>::get(role, &account).ok_or(Error::<T>::NotRegistered)?;
        let left = entry.leaving_since.ok_or(Error::<T>::RoleNotLeft)?;
        ensure!(Self::now() >= left.saturating_add(T::UnbondingPeriod::get()), Error::<T>::StillUnbonding);
        ensure!(entry.live_deals == 0, Error::<T>::LiveDeals);
        let amount = T::Currency::release(&HoldReason::RoleBond.into(), &account, entry.bond, Precision::Exact)?;
        Roles::<T>::remove(role, &account);
        OperatorClaims::<T>::remove(role, &account);
        Self::lose_appeal(role, &account);
        if role == Role::Inspector {
            InspectorCount::<T>::mutate(|count| count.saturating_dec());
        }
        Self::leave_reputation(role, &account);
        Self::deposit_event(Event::BondWithdrawn { role, account, amount });
        Ok(())
    }

    /// The entry of an account that holds the role and does not leave it.
    pub(crate) fn working_role(role: Role, account: &T::AccountId) -> Result<RoleEntryOf<T>, DispatchError> {
        let entry = Roles::<T>::get(role, account).ok_or(Error::<T>::NotRegistered)?;
        ensure!(entry.leaving_since.is_none(), Error::<T>::RoleLeaving);
        Ok(entry)
    }

    fn bond(role: Role) -> Balance {
        match role {
            Role::Store => T::StoreBond::get(),
            Role::Fetch => T::FetchBond::get(),
            Role::Inspector => T::InspectorBond::get(),
        }
    }
}

/// Whether the bytes can be a URL: text without control characters. More is for those who use it, since a chain cannot
/// know which schemes its nodes speak.
pub(crate) fn is_url(bytes: &[u8]) -> bool {
    is_text(bytes)
}

/// Whether the bytes are text that can be shown.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty() && core::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(char::is_control))
}
