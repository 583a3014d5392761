### What the pages say, in English. French says the same in fr.ftl: same keys, same values; a test sees to it.

## Sign-in. Plain text only: that page carries no reader for anything more.

sign-in-title = Sign in · Casque
sign-in-name = User name
sign-in-password = Password
sign-in-code = Code
sign-in-code-hint = Six digits from your authenticator. Leave empty if you have none.
sign-in-submit = Sign in
sign-in-refused = Name, password or code is wrong.
sign-in-throttled = Too many attempts.
sign-in-wait = Try again in
sign-in-failed = The node could not sign you in. Try again, or ask the administrator.
sign-in-unreachable = The node does not answer. Check that casque is running and that you are on its network.

## Frame

skip-to-content = Skip to content
nav = Main
nav-picture = Picture
nav-mandate = Mandate
nav-users = Users
language = Language
theme-light = Light
theme-dark = Dark
sign-out = Sign out
clock = Time
clock-hint = Universal time (Zulu), and the time in the mission
session-ended = Your session has ended. What you typed is kept in this browser.
session-sign-in-again = Sign in again
mark-united-nations = United Nations
mark-fictional = Fictional · exercise
mark-exercise = Exercise
level-unclassified = Unclassified
level-confidential = Confidential
level-strictly-confidential = Strictly confidential

## Anywhere

loading = Loading …
try-again = Try again
failure-unreachable = The node does not answer. Check that casque is running, then try again.
failure-unknown = Something went wrong.
absent-title = There is nothing here
absent-text = The address is wrong, or the record is not there, or you may not see it.
back-to-picture = Back to the picture

## Map

map-title = Map: { $register }
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-search-here = Search this area
map-search-everywhere = Search everywhere
map-whole-mission = Whole mission
map-compass = N S E W
map-records = { $n ->
    [one] { $count } record
   *[other] { $count } records
  }
map-killed = { $n ->
    [one] { $count } killed
   *[other] { $count } killed
  }
map-figure = { $label }: { $count }
map-bounds = { $low } to { $high }
map-in-view = { $records } in view
map-not-drawn = { $n ->
    [one] { $count } too vague to draw: see the table
   *[other] { $count } too vague to draw: see the table
  }
map-imprecise = Place known only as: { $precision }
map-ungraded = Not graded
map-closer = Click to look closer
map-more = { $n ->
    [one] and { $n } more here
   *[other] and { $n } more here
  }
map-step = { $at } of { $of }: { $what }
map-nothing-here = Nothing in this part of the map
map-unable = This browser cannot draw the map. The table shows the same records.
map-not-printed = The map is not printed. The places are in the list.
map-disclaimer = Boundaries and names do not imply endorsement by the United Nations.
map-key = Key
map-key-verified = Verified, in full or in part
map-key-unverified = Not verified
map-key-refuted = Refuted
map-key-area = Place not exactly known: somewhere inside
map-key-several = Several records: how many
map-key-several-killed = Several records: how many, and below the people killed
map-key-chosen = Record looked at
map-key-searched = Area searched
map-key-disputed = Disputed boundary
map-key-sizes = Size of a mark
map-key-size-0 = Nobody known to be killed
map-key-size-1 = 1 to 9 killed
map-key-size-10 = 10 to 49 killed
map-key-size-50 = 50 killed or more
map-key-keys = Keys on the map: arrows move, + and − zoom, n and p go from mark to mark, Enter opens, s searches this area, 0 shows the whole mission. Shift and drag searches a box.
map-parts = Show
map-part-admin = Regions and districts
map-part-water = Rivers and lakes
map-part-names = Names
map-place-title = Place: { $label }
map-place-near = about { $km } km around
map-place-exact = exact place
map-place-none = No place is known.
map-place-pick = Click the map to set the place. Keys: arrows move the map, Enter takes its centre.

## Timeline

timeline-title = Records in time
timeline-axes = Above: records. Below: { $figure }.
timeline-slider = Time
timeline-keys = Arrow keys move, with Shift they extend, Enter takes the column, Escape takes all time, Home and End go to the ends.
timeline-chosen = { $span }: { $what }
timeline-empty = No record with a date
timeline-closer = Look closer
timeline-all = All time
timeline-clear = Clear
timeline-table = As table
timeline-by-day = Day
timeline-by-month = Month
timeline-by-year = Year
timeline-records = Records
