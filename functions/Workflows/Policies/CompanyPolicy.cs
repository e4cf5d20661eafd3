using Workflows.Calendars;
using Workflows.Trade;

namespace Workflows.Policies;

/// <summary>The seller.</summary>
/// <param name="TimeZone">IANA id; months, business hours and dates without another zone are in it.</param>
/// <param name="BaseCurrency">ISO 4217; reports convert into it.</param>
/// <param name="Rates">
/// Units of the base currency for one unit of another, for reports and approval levels only.
/// </param>
/// <param name="BankDetails">Printed on invoices and reminders, line by line.</param>
public sealed record CompanyPolicy(
    string Name,
    string Address,
    string Email,
    string TimeZone,
    Currency BaseCurrency,
    IReadOnlyDictionary<string, decimal> Rates,
    IReadOnlyList<string> BankDetails,
    BusinessHours BusinessHours);
