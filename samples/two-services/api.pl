#!/usr/bin/perl
# Answers each line with the factors of the number on it. Needs perl-base alone.
use strict;
use warnings;
use IO::Socket::INET;

my ($port) = @ARGV;
$| = 1;
$SIG{PIPE} = 'IGNORE';

my $server = IO::Socket::INET->new(LocalPort => $port, Listen => 16, ReuseAddr => 1, Proto => 'tcp') or die "cannot listen on port $port: $!\n";
print "listening on port $port\n";

while (my $client = $server->accept) {
    my $line = <$client>;
    if (defined $line && $line =~ /^(\d{1,9})\s*$/) {
        my @factors = factors($1);
        print "$1 = @factors\n";
        print $client join(' ', @factors), "\n";
    }
    close $client;
}

sub factors {
    my ($rest) = @_;
    my @found;
    for (my $divisor = 2; $divisor * $divisor <= $rest; $divisor++) {
        while ($rest % $divisor == 0) { push @found, $divisor; $rest /= $divisor }
    }
    push @found, $rest if $rest > 1 || !@found;
    return @found;
}
