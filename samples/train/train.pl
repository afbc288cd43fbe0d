#!/usr/bin/perl
# Trains a softmax regression on Fisher's iris data by batch gradient descent and writes the model. Needs perl alone, no modules.
use strict;
use warnings;

my ($data_path, $model_path, $epochs) = @ARGV;
my $learning_rate = 0.5;
$| = 1;

my (@rows, @labels, %class_of, @classes);
open my $data, '<', $data_path or die "cannot read $data_path: $!\n";
my @features = split /,/, <$data>;
pop @features;
while (my $line = <$data>) {
    chomp $line;
    my @fields = split /,/, $line;
    my $class = pop @fields;
    push @classes, $class and $class_of{$class} = $#classes unless exists $class_of{$class};
    push @rows, \@fields;
    push @labels, $class_of{$class};
}
close $data;
printf "%d rows, %d features, %d classes\n", scalar @rows, scalar @features, scalar @classes;

# Every feature to mean 0 and deviation 1, so that one learning rate fits all of them.
my (@mean, @deviation);
for my $f (0 .. $#features) {
    my ($sum, $squares) = (0, 0);
    for my $row (@rows) { $sum += $row->[$f]; $squares += $row->[$f] ** 2 }
    $mean[$f] = $sum / @rows;
    $deviation[$f] = sqrt($squares / @rows - $mean[$f] ** 2);
}
my @inputs = map { my $row = $_; [1, map { ($row->[$_] - $mean[$_]) / $deviation[$_] } 0 .. $#features] } @rows;

# Every fifth row is kept away from the training, to measure on.
my @training = grep { $_ % 5 } 0 .. $#rows;
my @held_back = grep { $_ % 5 == 0 } 0 .. $#rows;

my @weights = map { [(0) x (@features + 1)] } @classes;

sub probabilities {
    my ($input) = @_;
    my @scores = map { my $w = $_; my $s = 0; $s += $w->[$_] * $input->[$_] for 0 .. $#$input; $s } @weights;
    my $highest = (sort { $b <=> $a } @scores)[0];
    my @powers = map { exp($_ - $highest) } @scores;
    my $total = 0;
    $total += $_ for @powers;
    return map { $_ / $total } @powers;
}

sub accuracy {
    my $right = 0;
    for my $i (@_) {
        my @p = probabilities($inputs[$i]);
        my ($guess) = sort { $p[$b] <=> $p[$a] } 0 .. $#p;
        $right++ if $guess == $labels[$i];
    }
    return $right / @_;
}

for my $epoch (1 .. $epochs) {
    my $loss = 0;
    my @gradient = map { [(0) x (@features + 1)] } @classes;
    for my $i (@training) {
        my @p = probabilities($inputs[$i]);
        $loss -= log($p[$labels[$i]]);
        for my $c (0 .. $#classes) {
            my $error = $p[$c] - ($c == $labels[$i] ? 1 : 0);
            $gradient[$c][$_] += $error * $inputs[$i][$_] for 0 .. $#features + 1;
        }
    }
    for my $c (0 .. $#classes) { $weights[$c][$_] -= $learning_rate * $gradient[$c][$_] / @training for 0 .. $#features + 1 }
    printf "epoch %4d  loss %.4f\n", $epoch, $loss / @training if $epoch % ($epochs / 10) == 0;
}

my ($train_accuracy, $test_accuracy) = (accuracy(@training), accuracy(@held_back));
printf "accuracy: %.1f %% of %d rows trained on, %.1f %% of %d held back\n", 100 * $train_accuracy, scalar @training, 100 * $test_accuracy, scalar @held_back;

sub numbers { '[' . join(', ', map { sprintf '%.6f', $_ } @_) . ']' }
sub texts { '[' . join(', ', map { "\"$_\"" } @_) . ']' }
open my $model, '>', $model_path or die "cannot write $model_path: $!\n";
printf $model qq({\n  "model": "softmax regression",\n  "features": %s,\n  "classes": %s,\n  "mean": %s,\n  "deviation": %s,\n  "weights": [\n    %s\n  ],\n  "trainAccuracy": %.4f,\n  "testAccuracy": %.4f\n}\n),
    texts(@features), texts(@classes), numbers(@mean), numbers(@deviation), join(",\n    ", map { numbers(@$_) } @weights), $train_accuracy, $test_accuracy;
close $model or die "cannot write $model_path: $!\n";
print "wrote the model\n";
