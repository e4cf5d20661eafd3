using System.Collections.Frozen;

namespace Workflows.Web.Hosting.Problems;

/// <summary>
/// A kind of failure that callers may act on. Its slug is the stable part of the problem document's <c>type</c> and
/// never changes once published; <c>GET /problems/{slug}</c> explains it.
/// </summary>
/// <param name="Slug">Lower-case words joined by hyphens.</param>
/// <param name="Status">The HTTP status it goes out with.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Help">What the caller can do about it.</param>
public sealed record ProblemType(string Slug, int Status, string Title, string Help)
{
    private static readonly Dictionary<string, ProblemType> Catalogue = new(StringComparer.Ordinal);

    // Requests that cannot be read.
    internal static readonly ProblemType BadRequest = Add("bad-request", 400, "The request cannot be read.",
        "Check the request line, the headers and the query parameters.");
    internal static readonly ProblemType MalformedJson = Add("malformed-json", 400, "The body is not one JSON object.",
        "Send exactly one JSON object in UTF-8, without a byte order mark, comments, duplicate members or trailing "
            + "data.");
    internal static readonly ProblemType WrongType = Add("wrong-type", 400, "A member has the wrong JSON type.",
        "The errors name each member by JSON pointer and say what is expected.");
    internal static readonly ProblemType UnknownMember = Add(
        "unknown-member", 400, "The body has a member that is not known.",
        "Leave out the members that the errors name.");
    internal static readonly ProblemType MissingMember = Add("missing-member", 400, "A member is missing.",
        "Add the members that the errors name.");
    internal static readonly ProblemType QueryInvalid = Add(
        "query-invalid", 400, "A query parameter is not understood.",
        "The errors name each parameter and say what is expected.");
    internal static readonly ProblemType NotFound = Add("not-found", 404, "Not found.",
        "Check the address. What you may not see is not found either.");
    internal static readonly ProblemType MethodNotAllowed = Add(
        "method-not-allowed", 405, "This address does not take that method.",
        "The Allow header lists the methods it takes.");
    internal static readonly ProblemType NotAcceptable = Add(
        "not-acceptable", 406, "No answer in an accepted form.", "Accept application/json.");
    internal static readonly ProblemType RequestTimeout = Add(
        "request-timeout", 408, "The request came too slowly.", "Send it again on a better connection.");
    internal static readonly ProblemType TooLarge = Add(
        "too-large", 413, "The body is too large.", "Send less in one request.");
    internal static readonly ProblemType UriTooLong = Add(
        "uri-too-long", 414, "The address is too long.", "Shorten it.");
    internal static readonly ProblemType UnsupportedMediaType = Add(
        "unsupported-media-type", 415, "The body's media type is not taken here.",
        "Send application/json in UTF-8, without a content encoding.");
    internal static readonly ProblemType HeadersTooLarge = Add(
        "headers-too-large", 431, "The headers are too large.", "Send fewer or shorter headers.");

    // Values that make no sense.
    internal static readonly ProblemType Invalid = Add("validation-failed", 422, "Some values make no sense here.",
        "The errors name each member by JSON pointer and say what is wrong.");
    internal static readonly ProblemType EventRefused = Add(
        "event-refused", 422, "The instance does not take this event by hand.",
        "Use the route that the detail names, or send the payload that it describes.");
    internal static readonly ProblemType MoneyScale = Add(
        "money-scale", 422, "An amount is finer than its currency's minor unit.",
        "USD takes two decimals, JPY none, KWD three.");
    internal static readonly ProblemType MoneyInvalid = Add(
        "money-invalid", 422, "An amount is not a plain decimal number.",
        "Write digits, and a point for decimals, with no grouping, sign or exponent, such as 1234.50.");
    internal static readonly ProblemType CurrencyInvalid = Add(
        "currency-invalid", 422, "A currency is not an ISO 4217 code in use.",
        "Three capital letters, such as USD.");
    internal static readonly ProblemType DateInvalid = Add("date-invalid", 422, "A date or time is not valid.",
        "Dates are YYYY-MM-DD; times are RFC 3339 with an offset, such as 2026-03-08T02:30:00Z.");
    internal static readonly ProblemType TextInvalid = Add(
        "text-invalid", 422, "A text has characters or a length that it must not have.",
        "Line breaks and control characters are not taken in one-line fields.");
    internal static readonly ProblemType EmailInvalid = Add("email-invalid", 422, "An e-mail address is not valid.",
        "One plain address, without a display name.");
    internal static readonly ProblemType ChoiceInvalid = Add(
        "choice-invalid", 422, "A value is not one of the known ones.",
        "The errors list what is known.");
    internal static readonly ProblemType OutOfRange = Add(
        "out-of-range", 422, "A number is out of its range.", "The errors state the range.");

    // Who is asking.
    internal static readonly ProblemType Unauthorized = Add("unauthorized", 401, "Sign in first.",
        "Send a valid API key as Authorization: Bearer.");
    internal static readonly ProblemType Forbidden = Add(
        "forbidden", 403, "Your role does not allow this.", "Ask somebody who holds the role.");
    internal static readonly ProblemType CsrfFailed = Add(
        "csrf-failed", 403, "The request was not sent from our own page.",
        "Open the page again and send the form from there. A program sends no Origin of another site.");
    internal static readonly ProblemType RateLimited = Add(
        "rate-limited", 429, "Too many requests.", "Wait as long as Retry-After says.");

    // The state of things.
    internal static readonly ProblemType Conflict = Add(
        "conflict", 409, "That does not fit the present state.", "Read the present state and decide again.");
    internal static readonly ProblemType PreconditionFailed = Add(
        "precondition-failed", 412, "It was changed in the meantime.", "Read it again and repeat with its new ETag.");
    internal static readonly ProblemType PreconditionRequired = Add(
        "precondition-required", 428, "Say which version you mean.", "Send If-Match with the ETag you have read.");
    internal static readonly ProblemType IdempotencyKeyMissing = Add(
        "idempotency-key-missing", 400, "The Idempotency-Key header is missing.",
        "Send a fresh, unguessable key with each new request and the same key with each retry. Keys are kept for 24 "
            + "hours.");
    internal static readonly ProblemType IdempotencyKeyInvalid = Add(
        "idempotency-key-invalid", 400, "The Idempotency-Key header is not valid.",
        "8 to 128 visible ASCII characters, quoted or bare, once.");
    internal static readonly ProblemType IdempotencyKeyReused = Add(
        "idempotency-key-reused", 422, "That Idempotency-Key came with another request.",
        "Use a fresh key for each new request.");
    internal static readonly ProblemType IdempotencyKeyRunning = Add(
        "idempotency-key-in-progress", 409, "The first request with that Idempotency-Key is still running.",
        "Wait as long as Retry-After says, then repeat the same request.");

    // Approvals by link.
    internal static readonly ProblemType LinkExpired = Add(
        "link-expired", 410, "This link has expired.",
        "The person it was sent to has newer mail, or can ask for a new link.");
    internal static readonly ProblemType AlreadyDecided = Add(
        "already-decided", 409, "It has been decided otherwise.", "The recorded decision stands.");
    internal static readonly ProblemType Superseded = Add(
        "superseded", 409, "It was superseded by a newer request.", "Use the link of the newest mail.");
    internal static readonly ProblemType RightLost = Add(
        "right-lost", 403, "The person it was sent to no longer decides this.",
        "The next in line is asked: a role, an absence or the deal's owner has changed.");

    // Webhooks.
    internal static readonly ProblemType WebhookHeaderInvalid = Add(
        "webhook-header-invalid", 400, "A webhook header is missing or malformed.",
        "Send each of the scheme's headers exactly once.");
    internal static readonly ProblemType WebhookSignatureInvalid = Add(
        "webhook-signature-invalid", 401, "The webhook could not be authenticated.",
        "Check the secret, the signed bytes and the sender's clock.");
    internal static readonly ProblemType WebhookIdReused = Add(
        "webhook-id-reused", 409, "That webhook id came with another body.",
        "Give each message an id of its own; a retry repeats id and body.");
    internal static readonly ProblemType PayloadInvalid = Add(
        "payload-invalid", 422, "The webhook's payload cannot be processed.",
        "It was kept for a person to look at. The errors name what is wrong.");

    // Our own failures.
    internal static readonly ProblemType Internal = Add("internal-error", 500, "Something went wrong here.",
        "It was logged under the request id. Repeating the request with the same Idempotency-Key is safe.");
    internal static readonly ProblemType DataDamaged = Add("data-damaged", 500, "A record in our store is damaged.",
        "It was neither shown nor used, and repeating the request does not help: somebody must restore it. It was "
            + "logged under the request id.");
    internal static readonly ProblemType Unavailable = Add(
        "storage-unavailable", 503, "The store cannot take this now.",
        "Nothing was recorded. Repeat the request after Retry-After.");
    internal static readonly ProblemType TimedOut = Add(
        "timed-out", 503, "It took too long here.",
        "It may have been recorded. Repeat it after Retry-After, with the same Idempotency-Key where it had one.");
    internal static readonly ProblemType Busy = Add(
        "busy", 503, "Too much at once.", "Nothing was recorded. Repeat the request after Retry-After.");

    /// <summary>Every kind, by slug.</summary>
    public static FrozenDictionary<string, ProblemType> All { get; } = Catalogue.ToFrozenDictionary();

    /// <summary>The general kind of a status that nothing more specific is known about.</summary>
    internal static ProblemType Of(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        409 => Conflict,
        412 => PreconditionFailed,
        413 => TooLarge,
        414 => UriTooLong,
        415 => UnsupportedMediaType,
        422 => Invalid,
        428 => PreconditionRequired,
        429 => RateLimited,
        431 => HeadersTooLarge,
        503 => Unavailable,
        >= 500 => Internal,
        _ => BadRequest,
    };

    private static ProblemType Add(string slug, int status, string title, string help)
    {
        var type = new ProblemType(slug, status, title, help);
        Catalogue.Add(slug, type);
        return type;
    }
}
