# Reads an Atom feed with XML::Atom, in Perl over libxml2, and prints what it understood as JSON.
use strict;
use warnings FATAL => "all";
use JSON::PP;
use XML::Atom::Feed;
$XML::Atom::DefaultVersion = "1.0";
$XML::Atom::ForceUnicode = 1;
binmode STDIN;
my $text = do { local $/; <STDIN> };
my $feed = XML::Atom::Feed->new(\$text) or die XML::Atom::Feed->errstr;
my @entries = map { { id => $_->id, title => $_->title, text => $_->summary, updated => $_->updated, link => $_->link->href } } $feed->entries;
print JSON::PP->new->ascii->encode({ title => $feed->title, id => $feed->id, updated => $feed->updated, entries => \@entries });
